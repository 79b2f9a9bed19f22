using Microsoft.Extensions.Hosting;
using Siamese.Silo;
using Siamese.Silo.Access;

FileMask.Close();
return await SiloCommand.Parse(args).InvokeAsync(async (options, cancellation) =>
{
    using var host = SiloHost.Build(options, SiloRestart.OnFatalErrors);
    await host.RunAsync(cancellation);
});
