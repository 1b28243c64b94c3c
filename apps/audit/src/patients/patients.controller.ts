import type { PatientReport } from '@waystation/answers';
import { ApiBody, ApiOperation, ApiTags, openApiSchema, parseRequest } from '@waystation/service';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { FindPatients } from './find-patients.js';

/** Who somebody is has no place in an address, which ends up in logs: it is asked for in a body. */
const WhichPatient = z.union([
  z.strictObject({ patientId: z.string().min(1).max(64), issuer: z.string().max(64).optional() }),
  z.strictObject({ studyInstanceUid: z.string().min(1).max(64) }),
]);

/** Patients, over HTTP. */
@ApiTags('patients')
@Controller('api/patients')
export class PatientsController {
  constructor(private readonly patients: FindPatients) {}

  @Post('find')
  @HttpCode(200)
  @ApiOperation({ summary: 'What there is of a patient, forgotten or not: keys, series, objects. Changes nothing' })
  @ApiBody(() => ({ schema: openApiSchema(WhichPatient) }))
  find(@Body(parseRequest(WhichPatient)) which: z.infer<typeof WhichPatient>): Promise<readonly PatientReport[]> {
    return this.patients.find(which);
  }
}
