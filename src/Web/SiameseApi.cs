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
using Siamese.Web.Evaluations;
using Siamese.Web.Exchange;
using Siamese.Web.Galleries;
using Siamese.Web.Inference;
using Siamese.Web.Keys;
using Siamese.Web.Limits;
using Siamese.Web.Problems;
using Siamese.Web.Requests;
using Siamese.Web.Serving;
using Siamese.Web.SigningIn;
using Siamese.Web.Sweeps;
using Siamese.Web.Sweeps.Trials;
using Siamese.Web.Uploads;
using Siamese.Web.Verdicts;
using Siamese.Web.Verdicts.Batches;

namespace Siamese.Web;

/// <summary>The HTTP API of a cluster, for a silo or for any ASP.NET Core application that is an Orleans client of the cluster.</summary>
/// <example><code>
/// builder.Services.AddSiameseApi();
/// app.UseSiameseAnswers();
/// app.UseRouting();
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
        services.TryAddSingleton<IProblemLog, ApplicationLog>();
        services.TryAddSingleton(new RequestLimits());
        services.AddSingleton<RequestPlaces>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Admissions>();
        services.AddSingleton<IAuthorizationHandler, RoleCheck>();
        services.AddHttpContextAccessor();
        services.AddScoped<GrainCalls>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Name, null);
        services.AddAuthorization();
        services.AddApiDescription();
        services.AddAntiforgery(form => (form.Cookie.Name, form.Cookie.SecurePolicy) = ("siamese-form", CookieSecurePolicy.SameAsRequest));
        // Instead, the check of queries says which value cannot be read.
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = false);
        return services;
    }

    /// <summary>
    /// Makes problems of all errors that follow, also of addresses that do not exist, and adds the headers that protect an API.
    /// For an application that serves this API alone, or for the branch that does.
    /// </summary>
    public static IApplicationBuilder UseSiameseAnswers(this IApplicationBuilder app) => app.UseMiddleware<AnswerHeaders>().UseMiddleware<ProblemAnswers>();

    /// <summary>Maps the API below a prefix, as one group: conventions that are added to it hold for all of it.</summary>
    public static RouteGroupBuilder MapSiamese(this IEndpointRouteBuilder routes, string prefix = "")
    {
        var group = routes.MapGroup(prefix).WithMetadata(new SignInAddress(prefix));
        ((IEndpointConventionBuilder)group).Finally(Admit);
        ((IEndpointConventionBuilder)group).Finally(Surround);

        var api = group.MapGroup("/api/v1").CheckQueries();
        VerdictEndpoints.Map(api);
        BatchEndpoints.Map(api);
        FeedbackEndpoints.Map(api);
        EmbeddingEndpoints.Map(api);
        EnsembleEndpoints.Map(api);
        RecalibrationEndpoints.Map(api);
        EvaluationEndpoints.Map(api);
        ExchangeEndpoints.Map(api);
        GalleryEndpoints.Map(api);
        SweepEndpoints.Map(api);
        TrialEndpoints.Map(api);
        KeyEndpoints.Map(api);
        UploadEndpoints.Map(api);
        ClusterEndpoints.Map(api);
        InferenceEndpoints.Map(group);
        ApiDescription.Map(group);
        SignInEndpoints.Map(group);
        return group;
    }

    /// <summary>Lets nobody do what no role was stated for.</summary>
    private static void Admit(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IAllowAnonymous>().Any())
            return;
        var role = Stated<NeedsAttribute>(endpoint)?.Role
            ?? throw new InvalidOperationException($"'{endpoint.DisplayName}' states no role; add [Needs].");
        endpoint.Metadata.Add(new AuthorizationPolicyBuilder(KeyAuthentication.Name).AddRequirements(new RoleRequirement(role)).Build());
        endpoint.Metadata.Add(new AuthorizeAttribute());
    }

    private static void Surround(EndpointBuilder endpoint) =>
        endpoint.RequestDelegate = Operations.Around(endpoint.RequestDelegate!, isStream: Stated<StreamsAttribute>(endpoint) is not null);

    private static T? Stated<T>(EndpointBuilder endpoint) where T : Attribute =>
        endpoint.Metadata.OfType<T>().LastOrDefault() ?? endpoint.Metadata.OfType<MethodInfo>().LastOrDefault()?.GetCustomAttribute<T>();
}
