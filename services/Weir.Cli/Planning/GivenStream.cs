using System.Runtime.InteropServices;
using Weir.Core.Identity;
using Weir.Core.Planning;

namespace Weir.Cli.Planning;

/// <summary>One stream of the input. Where it stands there is kept as a number: a million paths would cost more than the fleet.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GivenStream(string Source, int Place, StreamId Id, WorkerId? Owner, double Weight, WorkerId? PinnedTo, StreamNote? Note)
{
    internal string Path => FormattableString.Invariant($"{Source}[{Place}]");
}
