import 'reflect-metadata';
import { Controller, Get, Module, Post, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import * as swagger from '@nestjs/swagger';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiBody, ApiHeader, ApiOperation, ApiProduces, ApiQuery, ApiTags, describeNow } from './described-later.js';

let described = 0;

class Pots {
  all(): string {
    return '';
  }

  add(): void {}
}

const ofMethod = (name: keyof Pots, ...decorators: readonly MethodDecorator[]): void => {
  const descriptor = Object.getOwnPropertyDescriptor(Pots.prototype, name) ?? {};
  for (const decorate of decorators) decorate(Pots.prototype, name, descriptor);
};

// As `@…` does it, the lowest first; specs are compiled without decorators.
ofMethod(
  'all',
  ApiProduces('text/plain'),
  ApiHeader({ name: 'x-kitchen' }),
  ApiQuery({ name: 'size', required: true }),
);
ofMethod('all', ApiOperation({ summary: 'Every pot' }), Get());
ofMethod(
  'add',
  ApiBody(() => ({ schema: { type: 'string', maxLength: (described += 1) } })),
  Post(),
);
Controller('pots')(Pots);
ApiQuery({ name: 'author', required: false, description: 'who asks' })(Pots);
ApiTags('pots')(Pots);

class Kitchen {}
Module({ controllers: [Pots] })(Kitchen);

let app: INestApplication;
let before: swagger.OpenAPIObject;
const document = () => swagger.SwaggerModule.createDocument(app, new swagger.DocumentBuilder().build());

beforeAll(async () => {
  app = await NestFactory.create(Kitchen, { logger: false });
  await app.init();
  before = document();
});
afterAll(() => app.close());

it('says nothing, and works nothing out, before the document is asked for', () => {
  expect(before.paths['/pots']?.get?.summary ?? '').toBe('');
  expect(described).toBe(0);
});

it('then says all that the decorators of the library would have said', () => {
  describeNow(swagger);
  const { get, post } = document().paths['/pots'] ?? {};
  expect(get).toMatchObject({ summary: 'Every pot', tags: ['pots'] });
  expect(get?.parameters).toMatchObject([
    { name: 'x-kitchen', in: 'header' },
    { name: 'size', in: 'query', required: true },
    { name: 'author', in: 'query', required: false, description: 'who asks' },
  ]);
  expect(post?.requestBody).toMatchObject({
    content: { 'application/json': { schema: { type: 'string', maxLength: 1 } } },
  });
});

it('says it once', () => {
  describeNow(swagger);
  expect(described).toBe(1);
  expect(document().paths['/pots']?.get?.parameters).toHaveLength(3);
});
