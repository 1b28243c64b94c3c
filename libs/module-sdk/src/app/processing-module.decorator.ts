import { Injectable, type Type } from '@nestjs/common';
import { CodedError } from '@waystation/kernel';
import type { z } from 'zod';
import type { ProcessingApp } from './processing-app.js';

/** What a processing app says of itself. */
export interface ProcessingModuleOptions<Settings extends z.ZodType = z.ZodType> {
  /** As the configuration names it. */
  readonly name: string;
  /** Written down with every job. */
  readonly version: string;
  /** What its settings look like. Wrong ones fail the job before it runs. */
  readonly settings: Settings;
}

const declared = new WeakMap<object, ProcessingModuleOptions>();

/** Makes a class with a `process` method a processing module. Its constructor is given what it asks for, as Nest does. */
export const ProcessingModule =
  <Settings extends z.ZodType>(options: ProcessingModuleOptions<Settings>) =>
  <App extends Type<ProcessingApp<z.output<Settings>>>>(app: App): void => {
    Injectable()(app);
    declared.set(app, options);
  };

/** What was declared for a class. Throws `module-sdk.not-a-module`. */
export const optionsOf = (app: Type<ProcessingApp<never>>): ProcessingModuleOptions => {
  const options = declared.get(app);
  if (options === undefined)
    throw new CodedError('module-sdk.not-a-module', `class ${app.name} has no @ProcessingModule`);
  return options;
};
