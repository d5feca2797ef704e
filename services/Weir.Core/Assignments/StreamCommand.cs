using Weir.Core.Identity;

namespace Weir.Core.Assignments;

/// <summary>One line of a StartStreams or ReleaseStreams. It names incarnation and epoch, so that a late one harms nobody.</summary>
/// <param name="Kind">Start, Release, or nothing.</param>
/// <param name="Worker">Whose command queue.</param>
/// <param name="Incarnation">The only life that may obey.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Epoch">The epoch granted, or taken back.</param>
/// <param name="Class">Whether the sink checks epochs.</param>
/// <param name="LocalModeFor">How much longer than a lease the worker may go on.</param>
public readonly record struct StreamCommand(
    CommandKind Kind, WorkerId Worker, Incarnation Incarnation, StreamId Stream, Epoch Epoch, StreamClass Class, TimeSpan LocalModeFor)
{
    /// <summary>Tells the owner that the row names to run the stream.</summary>
    public static StreamCommand Start(in AssignmentRow row) =>
        new(CommandKind.Start, row.Worker, row.Incarnation, row.Stream, row.Epoch, row.Class, row.LocalModeFor);

    /// <summary>Tells the owner that the row names to stop it.</summary>
    public static StreamCommand Release(in AssignmentRow row) =>
        new(CommandKind.Release, row.Worker, row.Incarnation, row.Stream, row.Epoch, row.Class, row.LocalModeFor);
}
