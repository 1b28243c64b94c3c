import type { ForgottenPatient } from '@waystation/answers';
import { ApiBody, ApiOperation, ApiTags, By, openApiSchema, parseRequest, type Authorship } from '@waystation/service';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ForgetPatient } from './forget-patient.js';
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
  @ApiBody(() => ({ schema: openApiSchema(Forgetting) }))
  forget(
    @Body(parseRequest(Forgetting)) asked: Forgetting,
    @By() by: Authorship,
  ): Promise<readonly ForgottenPatient[]> {
    return this.patients.forget(asked, by);
  }
}
