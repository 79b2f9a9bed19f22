using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Siamese.Client.Commands;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests.Commands;

public sealed class DocumentsTests
{
    [Fact]
    public void A_sweeps_document_has_these_fields() =>
        AssertJson(
            """
            {
              "sweep": "zolaki-47",
              "ensemble": "zolaki-47",
              "seconds": 95,
              "stopped": null,
              "leftOut": null,
              "points": null,
              "trials": [
                {
                  "trial": "3fa94c2155667788",
                  "status": "completed",
                  "reused": false,
                  "hyperparameters": {
                    "encoder": "conv",
                    "backbone": null,
                    "inputSize": null,
                    "colour": "grey",
                    "fit": "stretch",
                    "points": null,
                    "resample": null,
                    "context": null,
                    "pooling": null,
                    "vectorWidth": null,
                    "hiddenLayers": null,
                    "hiddenSize": null,
                    "embeddingSize": 32,
                    "network": "siamese",
                    "from": null,
                    "freeze": null,
                    "loss": "contrastive",
                    "distance": "euclidean",
                    "normalize": "off",
                    "pairing": "batch",
                    "mining": "all",
                    "margin": 2,
                    "temperature": null,
                    "gamma": null,
                    "alpha": null,
                    "beta": null,
                    "base": null,
                    "sameTarget": null,
                    "differentTarget": null,
                    "pairs": null,
                    "batchSize": 120,
                    "balance": 0.5,
                    "forgedShare": null,
                    "neighbours": null,
                    "shiftedCopies": null,
                    "rotatedClasses": "off",
                    "optimizer": "adam",
                    "momentum": null,
                    "learningRate": 0.002,
                    "schedule": "cosine",
                    "weightDecay": 0,
                    "steps": 0,
                    "epochs": 20,
                    "patience": 0,
                    "keep": "last",
                    "averageFrom": 1,
                    "augment": "on",
                    "rotation": 15,
                    "scaling": 0.15,
                    "shear": 0.2,
                    "shift": 0.06,
                    "elastic": 0,
                    "stroke": 0,
                    "blur": 0,
                    "flip": "off",
                    "crop": 0,
                    "jitter": 0,
                    "erasing": 0,
                    "noise": 0,
                    "timeWarp": null,
                    "droppedEnds": null,
                    "strokeOrder": null
                  },
                  "shard": 0,
                  "seed": 1,
                  "epochs": 2,
                  "eers": [
                    0.1,
                    0.0231
                  ],
                  "losses": [
                    0.5,
                    0.25
                  ],
                  "seconds": 41.3,
                  "positives": 4000,
                  "negatives": 6000,
                  "validation": {
                    "eer": 0.0231,
                    "auc": 0.998,
                    "accuracy": 0.977,
                    "tarAtFar01": 0.9,
                    "tarAtFar001": 0.8
                  },
                  "reason": null,
                  "keptEpoch": null,
                  "findings": []
                }
              ],
              "test": {
                "pairs": 200000,
                "images": 10000,
                "eer": 0.0123,
                "eerLow": 0.0101,
                "eerHigh": 0.0144,
                "auc": 0.998,
                "accuracy": 0.977,
                "tarAtFar01": 0.9,
                "tarAtFar001": 0.8,
                "againstBestMember": {
                  "eer": -0.0077,
                  "low": -0.0101,
                  "high": -0.0054
                },
                "calibrationError": {
                  "error": 0.0061,
                  "low": 0.0044,
                  "high": 0.0093
                },
                "memberErrors": {
                  "rates": [
                    0.021,
                    0.034
                  ],
                  "shared": [
                    0.412
                  ]
                }
              },
              "bestMember": {
                "trial": "3fa94c2155667788",
                "eer": 0.02,
                "eerLow": 0.0169,
                "eerHigh": 0.0233,
                "auc": 0.998,
                "accuracy": 0.977
              }
            }
            """,
            SweepDocument.Of(Some.Completed(), [Some.Trial()]), DocumentsJson.Default.SweepDocument);

    [Fact]
    public void A_sweep_without_a_member_has_nulls_and_reasons()
    {
        var document = SweepDocument.Of(
            Some.Progress(SweepPhase.Completed), [Some.Trial(margin: null, status: TrialStatus.Failed, reason: "out of memory")]);

        Assert.Equal((null, null, null), (document.Ensemble, document.Test, document.BestMember));
        Assert.Equal(("failed", "out of memory", null), (document.Trials[0].Status, document.Trials[0].Reason, document.Trials[0].Validation));
        Assert.Null(document.Trials[0].Hyperparameters["margin"]);
    }

    [Fact]
    public void A_metric_that_is_not_a_number_is_null() =>
        Assert.Null(MetricsDocument.Of(Some.Metrics with { Eer = double.NaN })!.Eer);

    [Fact]
    public void A_verdicts_document_has_these_fields() =>
        AssertJson(
            """
            {
              "verdict": "different",
              "doubts": [],
              "distance": 1.5,
              "threshold": 1.02,
              "probability": 0.0125,
              "prior": 0.5,
              "ensemble": "zolaki-47",
              "version": 1,
              "members": [
                {
                  "trial": "3fa94c2155667788",
                  "distance": 1.8,
                  "threshold": 1.2,
                  "weight": 0.75,
                  "vote": "different"
                },
                {
                  "trial": "b5d1aa0011223344",
                  "distance": 1.5,
                  "threshold": 2.5,
                  "weight": 0.25,
                  "vote": "same"
                }
              ],
              "disagreement": 0.25,
              "operatingPoint": {
                "far": 0.001,
                "farLow": 0,
                "farHigh": 0.002,
                "frr": 0.05,
                "frrLow": 0.04,
                "frrHigh": 0.06
              },
              "familiarity": {
                "first": 0.5,
                "second": 0.001
              },
              "milliseconds": 4.25,
              "degraded": true,
              "absent": [
                {
                  "trial": "77aa000011223344",
                  "weight": 0.2,
                  "reason": "lost"
                }
              ],
              "id": null,
              "references": null
            }
            """,
            VerdictDocument.Of(Some.Verdict() with { Absent = [new("77aa000011223344", 0.2, "lost")], OperatingPoint = new(1.02, 0.001, new(0, 0.002), 0.05, new(0.04, 0.06)), Familiarity = new(0.5, 0.001) }), DocumentsJson.Default.VerdictDocument);

    [Fact]
    public void An_importance_document_has_these_fields() =>
        AssertJson(
            """
            {
              "sweep": "zolaki-47",
              "trials": 48,
              "points": 24,
              "rSquared": 0.834,
              "doubt": null,
              "remarks": [
                "Of the finished trials, 2 have no validation EER and do not count."
              ],
              "hyperparameters": [
                {
                  "hyperparameter": "learningRate",
                  "share": 0.621,
                  "low": 0.48,
                  "high": 0.762,
                  "best": {
                    "low": 0.0021,
                    "high": 0.0048,
                    "eer": 0.0231,
                    "trials": 16
                  }
                },
                {
                  "hyperparameter": "loss",
                  "share": 0.127,
                  "low": 0.031,
                  "high": 0.223,
                  "best": {
                    "low": "triplet",
                    "high": "triplet",
                    "eer": 0.0304,
                    "trials": 18
                  }
                },
                {
                  "hyperparameter": "batchSize",
                  "share": 0,
                  "low": 0,
                  "high": 0.024,
                  "best": {
                    "low": 1200,
                    "high": 1200,
                    "eer": 0.035,
                    "trials": 24
                  }
                }
              ]
            }
            """,
            ImportanceDocument.Of("zolaki-47", Some.Importance()), DocumentsJson.Default.ImportanceDocument);

    [Fact]
    public void A_status_document_has_these_fields() =>
        AssertJson(
            """
            {
              "sweep": "zolaki-47",
              "phase": "running",
              "problem": null,
              "submittedAt": "0001-01-01T00:00:00+00:00",
              "data": "mnist-mini",
              "trials": 3,
              "waiting": 2,
              "waitingFor": "for a free slot",
              "ended": 0,
              "running": [
                {
                  "trial": "b5d1aa0011223344",
                  "silo": "silo-1",
                  "epoch": 7,
                  "epochs": 20,
                  "loss": 0.12344,
                  "validationEer": 0.0321,
                  "secondsLeft": 38
                }
              ],
              "slots": 2,
              "seconds": 95,
              "ensemble": null,
              "drifts": [
                {
                  "version": 3,
                  "kind": "same",
                  "pairs": 24,
                  "probability": 0.71,
                  "expected": 0.97,
                  "chance": 0.0004
                }
              ]
            }
            """,
            StatusDocument.Of(
                Some.Progress(SweepPhase.Running) with { Running = [Some.Running()], Waiting = 2, WaitingFor = "for a free slot" },
                [new(3, Relation.Same, 24, 0.71, 0.97, 0.0004)]),
            DocumentsJson.Default.StatusDocument);

    [Fact]
    public void An_ensembles_document_has_these_fields() =>
        AssertJson(
            """
            {
              "ensembles": [
                {
                  "ensemble": "zolaki-47",
                  "version": 1,
                  "hash": "2bd49620fe42b866185a82558432bf347691bd79415c238cfc2d7a6a0e3ff325",
                  "formedAt": "1970-01-01T00:00:00+00:00",
                  "threshold": 1.02,
                  "members": [
                    {
                      "trial": "3fa94c2155667788",
                      "weights": "blob",
                      "weight": 0.75,
                      "threshold": 1.2,
                      "validationEer": 0.0231,
                      "unseenShardsEer": null
                    },
                    {
                      "trial": "b5d1aa0011223344",
                      "weights": "blob",
                      "weight": 0.25,
                      "threshold": 2.5,
                      "validationEer": 0.03,
                      "unseenShardsEer": 0.041
                    }
                  ],
                  "validation": {
                    "eer": 0.0231,
                    "auc": 0.998,
                    "accuracy": 0.977,
                    "tarAtFar01": 0.9,
                    "tarAtFar001": 0.8
                  },
                  "test": null,
                  "calibration": {
                    "method": "platt",
                    "images": 1000,
                    "pairs": 40000,
                    "error": 0.006,
                    "errorLow": 0.004,
                    "errorHigh": 0.011,
                    "plattLogLoss": 0.08,
                    "isotonicLogLoss": 0.07
                  },
                  "recalibration": null
                }
              ]
            }
            """,
            EnsemblesDocument.Of([new EnsembleSummary(Some.Ensemble(), Test: null)]), DocumentsJson.Default.EnsemblesDocument);

    private static void AssertJson<T>(string expected, T document, JsonTypeInfo<T> type) =>
        Assert.Equal(expected, JsonSerializer.Serialize(document, type).ReplaceLineEndings("\n"));
}
