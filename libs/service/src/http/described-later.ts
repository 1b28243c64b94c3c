import type * as swagger from '@nestjs/swagger';

type Swagger = typeof swagger;

/** What to say of whom, in the order in which the decorators stand. */
const descriptions: ((library: Swagger) => void)[] = [];

/**
 * A decorator of `@nestjs/swagger` that waits for {@link describeNow}: the library costs a tenth of a start, and most processes end
 * before anybody asks for the document.
 */
const later =
  <Options extends readonly unknown[]>(
    choose: (library: Swagger) => (...options: Options) => ClassDecorator | MethodDecorator,
  ) =>
  (...options: Options): ClassDecorator & MethodDecorator =>
  (...described: readonly unknown[]): void => {
    descriptions.push((library) => {
      Reflect.apply(choose(library)(...options), undefined, described);
    });
  };

/** Describes the body of a request in the OpenAPI document; how, is worked out when somebody asks for that. */
export const ApiBody = later(
  ({ ApiBody: decorator }) =>
    (describe: () => swagger.ApiBodyOptions) =>
      decorator(describe()),
);
/** Describes a header of a request in the OpenAPI document. */
export const ApiHeader = later(({ ApiHeader: decorator }) => decorator);
/** Says in the OpenAPI document what a request does. */
export const ApiOperation = later(({ ApiOperation: decorator }) => decorator);
/** Says in the OpenAPI document in which media types a request is answered. */
export const ApiProduces = later(({ ApiProduces: decorator }) => decorator);
/** Describes a parameter of the query in the OpenAPI document. */
export const ApiQuery = later(({ ApiQuery: decorator }) => decorator);
/** Says in the OpenAPI document where requests belong. */
export const ApiTags = later(({ ApiTags: decorator }) => decorator);

/** Tells the library what was said of every class that was loaded so far. */
export const describeNow = (library: Swagger): void => {
  for (const describe of descriptions.splice(0)) describe(library);
};
