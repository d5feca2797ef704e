using Weir.Bus.Endpoints;
using Weir.Bus.Names;

namespace Weir.Registry.Tests.Stage;

internal sealed class AnswerDefinition(WorkerIdentity worker) : WeirConsumerDefinition<AnswerConsumer>(EndpointPolicy.BeatAnswers(worker));
