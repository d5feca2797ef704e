namespace Weir.Persistence.Maps;

/// <summary>The widest a text may be, in characters; the same figures as the ids and contracts allow.</summary>
internal static class Widths
{
    internal const int Worker = 64;
    internal const int Stream = 128;
    internal const int Pool = 64;
    internal const int Process = 64;
    internal const int Version = 64;
    internal const int Reason = 64;
    internal const int State = 16;
    internal const int Holder = 128;
    internal const int Kind = 64;
    internal const int Request = 256;
    internal const int Key = 128;
    internal const int Position = 200;
}
