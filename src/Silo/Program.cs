using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Siamese.Silo;
using Siamese.Silo.Access;

FileMask.Close();
var code = await SiloCommand.Parse(args).InvokeAsync(async (options, cancellation) =>
{
    using var host = SiloHost.Build(options, SiloRestart.OnFatalErrors);
    var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
    try
    {
        await host.RunAsync(cancellation);
    }
    catch (Exception e) when (e is OperationCanceledException or OrleansLifecycleCanceledException && lifetime.ApplicationStopping.IsCancellationRequested)
    {
        // Somebody stopped it while it started.
    }
});
ProcessEnd.Now(code);
return code;
