#pragma once
// What the modules keep that whole-installation commands must know: one list, so that a new column is one line.

#include "modules/operations/doctor.hpp"

namespace jiuzhu {

/// Every bytea column of the schema. stored_columns_test.cpp fails when a migration has one that is missing here.
operations::SealedColumns sealed_columns();

/// Columns that name attachments by the SM3 digest of their contents. A table that is not there is passed over.
std::vector<operations::AttachmentColumn> attachment_columns();

}  // namespace jiuzhu
