using Siamese.Bench;

return BenchCommand.Describe().Parse(args).Invoke();
