import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Serves the OpenAPI document at `/api/openapi.json` and a page for people at `/api/docs`. */
export const describeApi = (app: INestApplication): void => {
  const description = new DocumentBuilder()
    .setTitle('Waystation')
    .setVersion('0.1')
    .setDescription('Event-sourced DICOM orchestration: history, replay, proof, configuration.')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, description), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
};
