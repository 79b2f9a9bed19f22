using Siamese.Bench;
using Siamese.Bench.Hostile;
using Siamese.Bench.Pages;
using Siamese.Bench.Silos;
using Siamese.Bench.Train;
using Siamese.Bench.Verdict;

return args switch
{
    [IdleSilo.Command, .. var options] => await IdleSilo.Run(options),
    [MadeUpSilo.Command, .. var options] => await MadeUpSilo.Run(options),
    [PlainPort.Command, .. var options] => PlainPort.Run(options),
    [RogueProgram.Command, .. var options] => await RogueProgram.Run(options),
    [WholeEnsembles.Command, .. var options] => await WholeEnsembles.Run(options),
    _ => await BenchCommand.Describe().Parse(args).InvokeAsync(),
};
