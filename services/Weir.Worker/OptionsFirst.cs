using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Weir.Worker;

/// <summary>
/// The host makes its services before it checks its options, and a bus that is made of wrong ones throws its own words alone. Being the
/// first to be made, this has all options checked before.
/// </summary>
internal sealed class OptionsFirst : IHostedService
{
    internal OptionsFirst(IStartupValidator all) => all.Validate();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
