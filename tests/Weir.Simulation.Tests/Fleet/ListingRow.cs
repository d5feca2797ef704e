using System.Collections.Immutable;
using Weir.Core.Consistency;
using Weir.Core.Identity;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>What one incarnation listed, and whether it was compared with the table since.</summary>
internal sealed record ListingRow(ImmutableDictionary<StreamId, Holding> Holdings, bool Checked);
