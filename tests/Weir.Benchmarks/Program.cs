using Weir.Benchmarks;

return Table.Run(args);
