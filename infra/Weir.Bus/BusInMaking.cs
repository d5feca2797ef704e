using MassTransit;
using Weir.Bus.Names;

namespace Weir.Bus;

/// <summary>A process's bus while its services still add to it.</summary>
internal sealed record BusInMaking(BusIdentity Identity, IBusRegistrationConfigurator Configurator);
