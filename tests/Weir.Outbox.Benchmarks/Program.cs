using Weir.Outbox.Benchmarks;

// The whole takes about 15 minutes on two cores; --short about 3, and says so in its figures.
var plan = args.Contains("--short") ? Plan.Short : Plan.Full;
var only = args.Where(arg => !arg.StartsWith('-')).ToHashSet(StringComparer.OrdinalIgnoreCase);
return await Report.RunAsync(plan, only, CancellationToken.None);
