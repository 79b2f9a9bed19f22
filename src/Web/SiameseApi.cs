using System.Reflection;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Siamese.Web.Access;
using Siamese.Web.Clusters;
using Siamese.Web.Description;
using Siamese.Web.Embeddings;
using Siamese.Web.Ensembles;
using Siamese.Web.Galleries;
using Siamese.Web.Keys;
using Siamese.Web.Problems;
using Siamese.Web.Requests;
using Siamese.Web.Sweeps;
using Siamese.Web.Sweeps.Trials;
using Siamese.Web.Verdicts;
using Siamese.Web.Verdicts.Batches;

namespace Siamese.Web;

/// <summary>The HTTP API of a cluster, for a silo or for any ASP.NET Core application that is an Orleans client of the cluster.</summary>
/// <example><code>
/// builder.Services.AddSiameseApi();
/// app.UseAuthentication();
/// app.UseAuthorization();
/// app.MapSiamese("/siamese");
/// </code></example>
public static class SiameseApi
{
    /// <summary>Registers what the API needs, beside an <see cref="IGrainFactory"/>.</summary>
    public static IServiceCollection AddSiameseApi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IKeylessAccess, NoKeylessAccess>();
        services.AddSingleton<Admissions>();
        services.AddSingleton<IAuthorizationHandler, RoleCheck>();
        services.AddHttpContextAccessor();
        services.AddScoped<GrainCalls>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Name, null);
        services.AddAuthorization();
        services.AddApiDescription();
        return services;
    }

    /// <summary>Maps the API below a prefix, as one group: conventions that are added to it hold for all of it.</summary>
    public static RouteGroupBuilder MapSiamese(this IEndpointRouteBuilder routes, string prefix = "")
    {
        var group = routes.MapGroup(prefix);
        group.AddEndpointFilter(Answer);
        ((IEndpointConventionBuilder)group).Finally(Admit);

        var api = group.MapGroup("/api/v1");
        VerdictEndpoints.Map(api);
        BatchEndpoints.Map(api);
        FeedbackEndpoints.Map(api);
        EmbeddingEndpoints.Map(api);
        EnsembleEndpoints.Map(api);
        GalleryEndpoints.Map(api);
        SweepEndpoints.Map(api);
        TrialEndpoints.Map(api);
        KeyEndpoints.Map(api);
        ClusterEndpoints.Map(api);
        ApiDescription.Map(group);
        return group;
    }

    /// <summary>Lets nobody do what no role was stated for.</summary>
    private static void Admit(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IAllowAnonymous>().Any())
            return;
        var role = (endpoint.Metadata.OfType<NeedsAttribute>().LastOrDefault() ?? endpoint.Metadata.OfType<MethodInfo>().LastOrDefault()?.GetCustomAttribute<NeedsAttribute>())?.Role
            ?? throw new InvalidOperationException($"'{endpoint.DisplayName}' states no role; add [Needs].");
        endpoint.Metadata.Add(new AuthorizationPolicyBuilder(KeyAuthentication.Name).AddRequirements(new RoleRequirement(role)).Build());
        endpoint.Metadata.Add(new AuthorizeAttribute());
    }

    /// <summary>Answers with a problem if something goes wrong.</summary>
    private static async ValueTask<object?> Answer(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception e) when (!context.HttpContext.RequestAborted.IsCancellationRequested && !context.HttpContext.Response.HasStarted)
        {
            var failure = Failure.Of(e);
            await Problem.Write(context.HttpContext, failure.Kind, failure.Detail, failure.RetryAfter);
            return Results.Empty;
        }
    }
}
