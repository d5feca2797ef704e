using Weir.Bus.Endpoints;

namespace Weir.Registry.Holdings;

internal sealed class HoldingsReportedDefinition() : WeirConsumerDefinition<HoldingsReportedConsumer>(Endpoints.Holdings);
