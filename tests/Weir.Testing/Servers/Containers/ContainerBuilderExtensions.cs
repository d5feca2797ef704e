using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Testing.Servers.Processes;

namespace Weir.Testing.Servers.Containers;

/// <summary>What all our containers have in common.</summary>
internal static class ContainerBuilderExtensions
{
    /// <summary>
    /// Labels the container as this session's, publishes its ports on loopback alone (the library's way is every
    /// address), and leaves the waiting to us: a server is ready when it answers, not when its log says so.
    /// </summary>
    public static TBuilder ForThisSession<TBuilder, TContainer, TConfiguration>(
        this ContainerBuilder<TBuilder, TContainer, TConfiguration> builder)
        where TBuilder : ContainerBuilder<TBuilder, TContainer, TConfiguration>
        where TContainer : IContainer
        where TConfiguration : IContainerConfiguration => builder
            .WithLogger(NullLogger.Instance)
            .WithLabel(Session.LabelKey, Session.OfThisProcess.Id)
            .WithCreateParameterModifier(Publish)
            .WithWaitStrategy(Wait.ForUnixContainer());

    private static void Publish(CreateContainerParameters parameters)
    {
        foreach (var binding in parameters.HostConfig?.PortBindings?.Values.SelectMany(b => b) ?? []) binding.HostIP = "127.0.0.1";
    }
}
