using System.Collections.Immutable;
using Weir.Core.Consistency;
using Weir.Core.Registration;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>The parts of one registration that are in.</summary>
internal sealed record PartsRow(HoldingParts Parts, ImmutableList<Holding> Holdings);
