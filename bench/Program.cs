using Siamese.Bench;
using Siamese.Bench.Silos;

return args is [IdleSilo.Command, .. var options]
    ? await IdleSilo.Run(options)
    : await BenchCommand.Describe().Parse(args).InvokeAsync();
