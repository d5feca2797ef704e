using Weir.Bus.Endpoints;

namespace Weir.Registry.Reports;

internal sealed class StreamsReportedDefinition() : WeirConsumerDefinition<StreamsReportedConsumer>(Endpoints.Reports);
