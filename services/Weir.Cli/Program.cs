using Weir.Cli;

return Weir.Cli.Weir.Run(args, Terminal.OfThisProcess());
