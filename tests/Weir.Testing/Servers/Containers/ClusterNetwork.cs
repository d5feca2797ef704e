using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Testing.Servers.Processes;

namespace Weir.Testing.Servers.Containers;

internal static class ClusterNetwork
{
    public static INetwork Build() => new NetworkBuilder()
        .WithLogger(NullLogger.Instance)
        .WithLabel(Session.LabelKey, Session.OfThisProcess.Id)
        .Build();
}
