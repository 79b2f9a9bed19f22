using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Siamese.Page.Assets;
using Siamese.Page.Comparing;
using Siamese.Page.Data;
using Siamese.Page.Ensembles;
using Siamese.Page.Layout;
using Siamese.Page.NewSweeps;
using Siamese.Page.Overview;
using Siamese.Page.Pairs;
using Siamese.Page.SweepPlots;
using Siamese.Page.Sweeps;
using Siamese.Page.Trials;
using Siamese.Web.Requests;

namespace Siamese.Page;

/// <summary>
/// The web page of a cluster, next to its API and with the same keys and roles. Every view is plain HTML with an address of its
/// own; a script only keeps it up to date.
/// </summary>
/// <example><code>
/// app.MapSiamese("/siamese").MapSiamesePage();
/// </code></example>
public static class SiamesePage
{
    /// <summary>Maps the pages to the group of addresses that has the API.</summary>
    public static RouteGroupBuilder MapSiamesePage(this RouteGroupBuilder group)
    {
        PageAssets.Map(group);
        var pages = group.MapGroup("").ShowErrors().CheckQueries();
        pages.WithMetadata(PagePolicies.Usual);
        // Its query has a field for each hyperparameter, which it checks itself.
        var open = group.MapGroup("").ShowErrors();
        open.WithMetadata(PagePolicies.Usual);
        var news = new ClusterNews(((IEndpointRouteBuilder)group).ServiceProvider.GetRequiredService<TimeProvider>());
        news.AddTo(pages);
        news.AddTo(open);
        NewSweepPage.Map(open);
        OverviewPage.Map(pages);
        SweepPage.Map(pages);
        ActionPage.Map(pages);
        TrialPage.Map(pages);
        DistancesPage.Map(pages);
        EnsemblesPage.Map(pages);
        EnsemblePage.Map(pages);
        WorstPairs.Map(pages);
        MapPage.Map(pages);
        PairPage.Map(pages);
        DataPage.Map(pages);
        ExtendPage.Map(pages);
        PlotsPage.Map(pages);
        ImportancePage.Map(pages);
        ComparePage.Map(pages);
        return group;
    }
}
