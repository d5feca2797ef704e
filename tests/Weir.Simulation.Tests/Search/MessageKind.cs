namespace Weir.Simulation.Tests.Search;

/// <summary>What can be on its way.</summary>
internal enum MessageKind : byte
{
    None,
    Start,
    Release,
    Started,
    Released,
    Refused,
    Failed,
    Register,
    Registered,
}
