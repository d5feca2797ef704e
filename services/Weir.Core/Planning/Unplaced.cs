using System.Runtime.InteropServices;

namespace Weir.Core.Planning;

/// <summary>A stream that has no owner before and after the plan, and why. The number is its place in the snapshot.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Unplaced(int Stream, UnplacedReason Reason);
