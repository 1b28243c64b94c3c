import { openApiSchema, parseRequest } from '@waystation/service';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForgetPatient, type ForgottenPatient } from './forget-patient.js';
import { Forgetting } from './requests.js';

/** Forgets patients, over HTTP. */
@ApiTags('patients')
@Controller('api/patients')
export class PatientsController {
  constructor(private readonly patients: ForgetPatient) {}

  @Post('forget')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Destroys the keys of a patient: nobody can read any more who it is. Objects stay where they are',
  })
  @ApiBody({ schema: openApiSchema(Forgetting) })
  forget(@Body(parseRequest(Forgetting)) asked: Forgetting): Promise<readonly ForgottenPatient[]> {
    return this.patients.forget(asked);
  }
}
