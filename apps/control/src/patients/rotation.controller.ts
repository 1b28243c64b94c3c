import { Identities, type RotationProgress } from '@waystation/identity';
import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

/** Changes the key that the keys of patients are wrapped by, over HTTP. */
@ApiTags('patients')
@Controller('api/identity')
export class RotationController {
  constructor(private readonly identities: Identities) {}

  @Post('rotation')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Wraps some keys again with the key in force, and says how many remain. To be asked until none does',
  })
  step(): Promise<RotationProgress> {
    return this.identities.rotation.step();
  }
}
