using System.Reflection;
using Weir.Bus.Endpoints;
using Weir.Contracts;
using Weir.Contracts.Ownership;

namespace Weir.Diagnostics;

/// <summary>This service's queues.</summary>
internal static class BusEndpoints
{
    // What waits longer would be forgotten as soon as it was written.
    private static readonly TimeSpan OwnersWait = TimeSpan.FromDays(7);
    private static readonly MethodInfo HearOne = typeof(BusEndpoints).GetMethod(nameof(Hear), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>All facts of the contracts, so that a new one is told without a change here.</summary>
    internal static IReadOnlyList<Type> Facts { get; } =
        [.. typeof(MessageAttribute).Assembly.GetTypes().Where(type => type.GetCustomAttribute<MessageAttribute>()?.Kind == MessageKind.Fact)];

    /// <summary>Shared by the replicas, and durable: who had a stream is written down also when this service was away.</summary>
    internal static EndpointPolicy Owners { get; } = (EndpointPolicy.Of(DiagnosticsRegistration.Name, "owners", RetryLadder.Standard) with { MessageTtl = OwnersWait })
        .Hearing<StreamsAssigned>().Hearing<StreamsRunning>().Hearing<StreamsUnowned>();

    /// <summary>One replica's own: every fact, for those who listen to it.</summary>
    internal static EndpointPolicy Events(string process) => Facts.Aggregate(
        EndpointPolicy.OwnOf(DiagnosticsRegistration.Name, "events", process),
        (policy, fact) => (EndpointPolicy)HearOne.MakeGenericMethod(fact).Invoke(null, [policy])!);

    /// <summary>One replica's own: answers to what it asked.</summary>
    internal static EndpointPolicy Answers(DiagnosticsProcess process) => EndpointPolicy.Asking(process.Name);

    private static EndpointPolicy Hear<T>(EndpointPolicy policy)
        where T : class => policy.Hearing<T>();
}
