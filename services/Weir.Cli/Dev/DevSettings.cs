namespace Weir.Cli.Dev;

/// <summary>What a run of `weir dev` was asked for, checked.</summary>
/// <param name="Demo">Whether to declare demo streams.</param>
/// <param name="StreamsCount">How many of them, 1 to 100,000.</param>
/// <param name="StreamsFile">The list of streams to declare instead; null without one.</param>
/// <param name="Workers">How many workers to start with, 1 to 200.</param>
/// <param name="Port">Where the HTTP address is on loopback; 0 for any free port.</param>
/// <param name="Data">The folder of all that is kept.</param>
/// <param name="Real">The broker and the database, when it runs on those; null when all is in this process.</param>
internal sealed record DevSettings(bool Demo, int StreamsCount, FileInfo? StreamsFile, int Workers, int Port, DirectoryInfo Data, RealParts? Real);
