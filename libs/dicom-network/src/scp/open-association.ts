import { randomUUID } from 'node:crypto';
import { CodedError } from '@waystation/kernel';
import type { ContextAnswer } from '../association/negotiate.js';
import { type AnsweredContext, contextResult, type ProposedContext } from '../pdu/presentation-context.js';
import type { Association, AssociationContext, AssociationRequest } from './store-scp-handlers.js';

const answerFor = (context: ProposedContext, answers: readonly ContextAnswer[]): AnsweredContext => {
  const answer = answers.find(({ id }) => id === context.id) ?? { id: context.id, refused: contextResult.noReason };
  if ('refused' in answer) {
    return { id: context.id, result: answer.refused, transferSyntax: context.transferSyntaxes[0] ?? '' };
  }
  if (context.transferSyntaxes.includes(answer.transferSyntax)) {
    return { id: context.id, result: contextResult.acceptance, transferSyntax: answer.transferSyntax };
  }
  throw new CodedError(
    'dicom-network.not-proposed',
    `Context ${context.id} is answered with transfer syntax ${answer.transferSyntax}, which was not proposed`,
  );
};

/**
 * The answer for every proposed context, in their order (PS3.8 9.3.3.2). What has no answer is refused.
 * @throws CodedError `dicom-network.not-proposed`
 */
export const answerContexts = (
  contexts: readonly ProposedContext[],
  answers: readonly ContextAnswer[],
): readonly AnsweredContext[] => contexts.map((context) => answerFor(context, answers));

const contextOf = (
  { id, abstractSyntax }: ProposedContext,
  answer: AnsweredContext | undefined,
): AssociationContext => ({
  id,
  abstractSyntax,
  transferSyntax: answer?.result === contextResult.acceptance ? answer.transferSyntax : null,
});

/**
 * The association that comes out of a request and its answer, as of now.
 * @param user who the peer's user is, where that was found right
 */
export const openAssociation = (
  request: AssociationRequest,
  answers: readonly AnsweredContext[],
  user: string | undefined,
): Association => ({
  id: randomUUID(),
  callingAeTitle: request.callingAeTitle,
  calledAeTitle: request.calledAeTitle,
  address: request.address,
  implementationClassUid: request.userInformation.implementationClassUid,
  implementationVersionName: request.userInformation.implementationVersionName ?? '',
  maximumLength: request.userInformation.maximumLength,
  contexts: request.contexts.map((context, index) => contextOf(context, answers[index])),
  ...(request.tls === undefined ? {} : { tls: request.tls }),
  ...(request.certificate === undefined ? {} : { certificate: request.certificate }),
  ...(user === undefined || user === '' ? {} : { user }),
  openedAt: new Date().toISOString(),
});
