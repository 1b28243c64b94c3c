import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';
import { RelayService, type RelayServiceOptions } from './relay.service.js';

/** Where the options of the relay come from. */
export interface MessagingModuleOptions extends Pick<ModuleMetadata, 'imports'> {
  readonly inject: NonNullable<FactoryProvider['inject']>;
  readonly useFactory: (...dependencies: never[]) => RelayServiceOptions;
}

/** The relay as part of an application. The transport is not: Nest takes it through `connectMicroservice`. */
@Module({})
export class MessagingModule {
  static register({ imports = [], inject, useFactory }: MessagingModuleOptions): DynamicModule {
    return {
      module: MessagingModule,
      imports,
      providers: [
        {
          provide: RelayService,
          inject,
          useFactory: (...dependencies: never[]) => new RelayService(useFactory(...dependencies)),
        },
      ],
      exports: [RelayService],
    };
  }
}
