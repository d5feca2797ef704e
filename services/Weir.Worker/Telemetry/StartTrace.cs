using System.Diagnostics;
using Weir.Contracts.Ownership;

namespace Weir.Worker.Telemetry;

/// <summary>
/// The span from a command's arrival to the moment its stream counts as started, a child of the command's own. Only the claim runs under
/// it: a handler lives for days, and what it does then is no part of its start.
/// </summary>
internal sealed class StartTrace
{
    private readonly Activity _span;

    private StartTrace(Activity span) => _span = span;

    /// <summary>Null when nobody listens.</summary>
    internal static StartTrace? Begin(string worker, long incarnation, StreamGrant grant, ActivityContext command)
    {
        var before = Activity.Current;
        var parent = command == default ? before?.Context ?? default : command;
        var span = WorkerTelemetry.Source.StartActivity("weir.stream.start", ActivityKind.Consumer, parent,
        [
            new("messaging.system", "rabbitmq"),
            new("messaging.operation.name", "start"),
            new("messaging.operation.type", "process"),
            new("messaging.message.type", nameof(StartStreams)),
            new("weir.worker", worker),
            new("weir.incarnation", incarnation),
            new("weir.stream", grant.StreamId),
            new("weir.epoch", grant.Epoch),
            new("weir.kind", grant.Kind),
        ]);
        Activity.Current = before;
        return span is null ? null : new StartTrace(span);
    }

    /// <summary>What is called from here on in the caller's flow is part of the start.</summary>
    internal void Enter() => Activity.Current = _span;

    internal void Done() => _span.Dispose();

    internal void Failed(string why)
    {
        _span.SetStatus(ActivityStatusCode.Error, why);
        _span.Dispose();
    }
}
