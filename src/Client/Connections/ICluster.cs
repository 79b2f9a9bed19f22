using Siamese.Contracts.Access;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Maps;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Connections;

/// <summary>A connection to the grains that the client talks to.</summary>
internal interface ICluster : IAsyncDisposable
{
    IBoardGrain Board { get; }

    ISampleGrain Samples { get; }

    IUploadGrain Uploads { get; }

    IBackboneGrain Backbone(string manifest);

    IKeyGrain Keys { get; }

    ISweepGrain Sweep(string id);

    IEnsembleGrain Ensemble(string name);

    IVerdictGrain Verdicts(string ensemble);

    IIdentifyGrain Identifying(string ensemble);

    IGalleryGrain Gallery(string ensemble);

    IExportGrain Exports(string key);

    IImportGrain Imports(string name);

    IEvaluationGrain Evaluation(string id);

    /// <summary>Draws how an ensemble sees test images.</summary>
    IEmbeddingMapGrain Map(string ensemble);

    /// <summary>What to call it in a sentence, such as `the silo at 10.0.0.7:30000`.</summary>
    string Name { get; }

    /// <summary>Where its web page is, with a slash at the end; null if the client does not know, as of silos that are named.</summary>
    Uri? Page { get; }

    /// <summary>Cancelled once no call will be answered any more; otherwise an unanswered call may take 30 s to fail.</summary>
    CancellationToken Lost { get; }

    /// <summary>Cancelled when a connection to one of its silos ends: calls in flight may depend on it. A new token then replaces this one.</summary>
    CancellationToken NextDisconnection { get; }

    /// <summary>Ends all connections, one of which may lead to a silo that hangs or is cut off; calls open new ones.</summary>
    void Disconnect();
}
