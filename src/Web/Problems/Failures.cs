using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Siamese.Web.Problems;

/// <summary>Answers requests that have failed.</summary>
internal static class Failures
{
    /// <summary>Answers with the problem that an exception is. If the sender has left, or an answer has begun, the connection is closed.</summary>
    public static async Task Write(HttpContext context, Exception exception)
    {
        var failure = Find(context, exception);
        if (context.RequestAborted.IsCancellationRequested)
            return;
        if (context.Response.HasStarted)
            context.Abort();
        else
            await Problem.Write(context, failure.Kind, failure.Detail, failure.RetryAfter);
    }

    /// <summary>Which problem an exception is. One that nobody expected is logged.</summary>
    public static Failure Find(HttpContext context, Exception exception)
    {
        var failure = Failure.Of(exception);
        if (failure.Kind == ProblemKind.Broken)
            context.RequestServices.GetService<IProblemLog>()?.Failed(OperationName.Of(context), exception);
        return failure;
    }
}
