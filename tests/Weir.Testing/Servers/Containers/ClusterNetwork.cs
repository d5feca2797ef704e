using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;
using Weir.Testing.Servers.Processes;

namespace Weir.Testing.Servers.Containers;

internal static class ClusterNetwork
{
    public static INetwork Build() => new NetworkBuilder().WithLabel(Session.LabelKey, Session.OfThisProcess.Id).Build();
}
