using System.Reflection;
using Weir.Bus.Endpoints;
using Weir.Contracts;

namespace Weir.Monitor.Facts;

/// <summary>The one queue that every fact there is comes to; replicas share it.</summary>
internal static class FactEndpoint
{
    private static readonly MethodInfo HearOne = typeof(FactEndpoint).GetMethod(nameof(Hear), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>All facts of the contracts, so that a new one is heard without a change here.</summary>
    internal static IReadOnlyList<Type> Facts { get; } =
        [.. typeof(MessageAttribute).Assembly.GetTypes().Where(type => type.GetCustomAttribute<MessageAttribute>()?.Kind == MessageKind.Fact)];

    internal static EndpointPolicy Policy { get; } = Facts.Aggregate(
        EndpointPolicy.Of(MonitorModule.Name, "facts", RetryLadder.Standard),
        (policy, fact) => (EndpointPolicy)HearOne.MakeGenericMethod(fact).Invoke(null, [policy])!);

    private static EndpointPolicy Hear<T>(EndpointPolicy policy)
        where T : class => policy.Hearing<T>();
}
