using Weir.Bus.Endpoints;
using Weir.Bus.Names;

namespace Weir.Registry.Tests.Stage;

internal sealed class CommandDefinition(WorkerIdentity worker) : WeirConsumerDefinition<CommandConsumer>(EndpointPolicy.Commands(worker));
