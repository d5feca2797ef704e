using MassTransit;

namespace Weir.Bus;

/// <summary>A second bus with a connection of its own, for beats and their answers alone: they never wait behind other work.</summary>
public interface IBeatBus : IBus;
