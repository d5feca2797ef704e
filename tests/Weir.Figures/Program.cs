using Weir.Figures;

return await FigureRun.RunAsync(args, CancellationToken.None);
