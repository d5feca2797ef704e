using System.Runtime.InteropServices;

namespace Weir.Core.Planning;

/// <summary>A stream without an owner and the worker that gets it. The numbers are places in the snapshot.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Placement(int Stream, int To);
