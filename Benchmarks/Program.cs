using Benchmarks;

return args switch
{
    ["open", .. var options] => await OpenBenchmark.RunAsync(options),
    _ => OpenBenchmark.Usage(),
};
