using Weir.TestRun;

return RunOptions.Parse(args) switch
{
    { Error: { } error } => Refuse(error),
    { Options: { } options } => await new Run(options, Console.Out, TimeProvider.System).ExecuteAsync(),
    _ => throw new InvalidOperationException("a parse gives options or an error"),
};

static int Refuse(string error)
{
    Console.Error.WriteLine($"run: {error}");
    Console.Error.WriteLine(RunOptions.Usage);
    return (int)RunExit.NotDone;
}
