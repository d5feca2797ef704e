using MassTransit;
using Weir.Bus.Names;

namespace Weir.Bus;

/// <summary>One of a process's buses while its services still add to it.</summary>
/// <param name="Bus">Which: <see cref="IBus"/> or <see cref="IBeatBus"/>.</param>
/// <param name="Identity">Whose it is so far.</param>
/// <param name="Configurator">Where its consumers are added.</param>
internal sealed record BusInMaking(Type Bus, BusIdentity Identity, IBusRegistrationConfigurator Configurator);
