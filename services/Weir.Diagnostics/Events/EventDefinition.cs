using Weir.Bus.Endpoints;

namespace Weir.Diagnostics.Events;

internal sealed class EventDefinition<T>(DiagnosticsProcess process) : WeirConsumerDefinition<EventConsumer<T>>(process.Events)
    where T : class;
