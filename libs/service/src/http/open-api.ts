import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { describeNow } from './described-later.js';

const places = /^\/api\/(docs(\/.*)?|openapi\.(json|yaml))$/;

/** Has the OpenAPI document served at `/api/openapi.json`, and a page for people at `/api/docs`; made when somebody asks for it. */
export const describeApi = (app: NestExpressApplication): void => {
  let made: Promise<RequestHandler> | undefined;
  const pages: RequestHandler = (request, response, next) => {
    if (!places.test(request.path)) return next();
    made ??= pagesOf(app);
    made.then((serve) => serve(request, response, next), next);
  };
  app.use(pages);
};

/** They are an application of their own: one that is running takes no further routes. */
const pagesOf = async (app: INestApplication): Promise<RequestHandler> => {
  const library = await import('@nestjs/swagger');
  describeNow(library);
  const description = new library.DocumentBuilder()
    .setTitle('Waystation')
    .setVersion('0.1')
    .setDescription('Event-sourced DICOM orchestration: history, replay, proof, configuration.')
    .addBearerAuth()
    .build();
  const pages = await NestFactory.create<NestExpressApplication>(Pages, { logger: false, abortOnError: false });
  library.SwaggerModule.setup('api/docs', pages, () => library.SwaggerModule.createDocument(app, description), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
  await pages.init();
  return pages.getHttpAdapter().getInstance() as RequestHandler;
};

@Module({})
class Pages {}
