using System.Runtime.CompilerServices;

namespace Weir.Simulation.Tests.Search;

/// <summary>At most so many messages on their way.</summary>
[InlineArray(Length)]
internal struct MessageCells
{
    internal const int Length = 5;
    private MessageCell _first;
}
