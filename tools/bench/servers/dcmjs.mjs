// A server out of dcmjs-dimse as its documentation shows it: the data set in memory, parsed, written to a file.
import { join } from 'node:path';
import dcmjsDimse from 'dcmjs-dimse';

const { constants, log, responses, Scp, Server } = dcmjsDimse;
const { PresentationContextResult, Status } = constants;
const [port, folder] = process.argv.slice(2);

class FileScp extends Scp {
  associationRequested(association) {
    association.setMaxPduLength(131_072);
    for (const { id } of association.getPresentationContexts()) {
      const context = association.getPresentationContext(id);
      const [preferred] = context.getTransferSyntaxUids();
      context.setResult(PresentationContextResult.Accept, preferred);
    }
    this.sendAssociationAccept();
  }

  cStoreRequest(request, callback) {
    const response = responses.CStoreResponse.fromRequest(request);
    const path = join(folder, request.getAffectedSopInstanceUid());
    request.getDataset().toFile(path, (error) => {
      if (error) process.stderr.write(`${error.stack}\n`);
      response.setStatus(error ? Status.ProcessingFailure : Status.Success);
      callback(response);
    });
  }

  associationReleaseRequested() {
    this.sendAssociationReleaseResponse();
  }
}

log.level = 'error';
const server = new Server(FileScp);
server.on('networkError', (error) => process.stderr.write(`${error.stack}\n`));
server.listen(Number(port));
process.on('SIGTERM', () => process.exit(0));
