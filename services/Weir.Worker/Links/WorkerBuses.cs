using MassTransit;
using Microsoft.Extensions.Options;
using Weir.Bus;

namespace Weir.Worker.Links;

/// <summary>The two buses a worker is on: its own, or in one process those of the services.</summary>
/// <param name="Services">The services of the host that has the buses.</param>
/// <param name="Commands">For commands, answers and all else.</param>
/// <param name="Beats">For beats and their answers alone.</param>
/// <param name="Options">How they were set up.</param>
internal sealed record WorkerBuses(IServiceProvider Services, IBus Commands, IBus Beats, IOptions<WeirBusOptions> Options);
