using Weir.Bus.Endpoints;

namespace Weir.Diagnostics.Changes;

internal sealed class AnswerDefinition(DiagnosticsProcess process) : WeirConsumerDefinition<AnswerConsumer>(BusEndpoints.Answers(process));
