using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Siamese.Web.Access;
using Siamese.Web.Limits;
using Siamese.Web.Problems;

namespace Siamese.Web.Serving;

/// <summary>Serves the operations of the API: each has a place while it is served, and answers with a problem if something goes wrong.</summary>
internal static class Operations
{
    /// <summary>An operation with all that surrounds it. Its caller has been admitted.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="isStream">Whether it answers with a stream of events.</param>
    public static RequestDelegate Around(RequestDelegate operation, bool isStream) => async context =>
    {
        if (isStream && context.Features.Get<HeadRequest>() is not null)
        {
            context.Response.Headers.Allow = HttpMethods.Get;
            await Problem.Write(context, ProblemKind.WrongMethod, "A stream of events is only for GET.");
            return;
        }

        try
        {
            // Things are found by their names, and nothing has such a name.
            if (context.Request.RouteValues.FirstOrDefault(part => part.Value is string text && string.IsNullOrWhiteSpace(text)).Key is { } blank)
                throw new ProblemException(ProblemKind.Malformed, $"'{blank}' in the address is blank; state a name.");
            var places = context.RequestServices.GetRequiredService<RequestPlaces>();
            using var place = (isStream ? places.Streams : places.Requests).Take(Visit.CallerOf(context));
            // A silo that stops does not wait for what has no end.
            using var _ = isStream ? context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.UnsafeRegister(static request => ((HttpContext)request!).Abort(), context) : default;
            await operation(context);
        }
        catch (Exception e)
        {
            await Failures.Write(context, e);
        }
    };
}
